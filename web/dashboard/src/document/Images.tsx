import { useLingui } from '@lingui/react/macro';
import { lazy, Suspense, useState } from 'react';
import { WordOf } from '../app/WordBadge.tsx';
import { Icon } from '../ui/icon.tsx';
import styles from './document.module.css';
import type { AskAddress } from './load-image.ts';
import { documentImageKind } from './words.ts';

const Viewer = lazy(() => import('./Viewer.tsx'));

export interface ImageInfo {
  readonly id: string;
  readonly kind: string;
  /** In pixels, where they are known. */
  readonly width?: number;
  readonly height?: number;
}

interface Props {
  images: readonly ImageInfo[];
  /** Addresses of images run out after a minute, so they are not part of the page. */
  ask: AskAddress;
}

export function Images({ images, ask }: Props) {
  const { t } = useLingui();
  const [open, setOpen] = useState<string | null>(null);
  if (images.length === 0) return null;
  return (
    <div className={styles.images} role="group" aria-label={t`Images`}>
      {images.map(({ id, kind, width, height }) => (
        <button key={id} type="button" className={styles.image} onClick={() => setOpen(id)}>
          <Icon name="review" />
          <WordOf words={documentImageKind} value={kind} />
          {width && height && (
            <span className={styles.size}>
              {width} × {height}
            </span>
          )}
        </button>
      ))}
      {open && (
        <Suspense fallback={null}>
          <Viewer images={images} ask={ask} first={open} onClose={() => setOpen(null)} />
        </Suspense>
      )}
    </div>
  );
}
