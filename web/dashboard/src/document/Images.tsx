import { useLingui } from '@lingui/react/macro';
import { lazy, Suspense, useState } from 'react';
import { WordOf } from '../app/WordBadge.tsx';
import { Icon } from '../ui/icon.tsx';
import styles from './document.module.css';
import { documentImageKind } from './words.ts';

const Viewer = lazy(() => import('./Viewer.tsx'));

export interface ImageInfo {
  readonly id: string;
  readonly kind: string;
  readonly width: number;
  readonly height: number;
}

/** Where the addresses of images are asked for: they run out after a minute, so they are not part of the page. */
export type ImageOwner = { session: string } | { identification: string };

export function Images({ images, owner }: { images: readonly ImageInfo[]; owner: ImageOwner }) {
  const { t } = useLingui();
  const [open, setOpen] = useState<string | null>(null);
  if (images.length === 0) return null;
  return (
    <div className={styles.images} role="group" aria-label={t`Images`}>
      {images.map(({ id, kind, width, height }) => (
        <button key={id} type="button" className={styles.image} onClick={() => setOpen(id)}>
          <Icon name="review" />
          <WordOf words={documentImageKind} value={kind} />
          <span className={styles.size}>
            {width} × {height}
          </span>
        </button>
      ))}
      {open && (
        <Suspense fallback={null}>
          <Viewer images={images} owner={owner} first={open} onClose={() => setOpen(null)} />
        </Suspense>
      )}
    </div>
  );
}
