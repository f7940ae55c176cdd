import { Trans, useLingui } from '@lingui/react/macro';
import { useEffect, useRef, useState } from 'react';
import { useRelayEnvironment } from 'react-relay/hooks';
import { useWords } from '../app/words.ts';
import { WordOf } from '../app/WordBadge.tsx';
import { Button } from '../ui/Button.tsx';
import type { ImageInfo } from './Images.tsx';
import { type AskAddress, loadImage } from './load-image.ts';
import styles from './Viewer.module.css';
import { documentImageKind } from './words.ts';

interface Props {
  images: readonly ImageInfo[];
  ask: AskAddress;
  first: string;
  onClose(): void;
}

const ZOOMS = [1, 1.5, 2, 3, 4];

/** Images of a document, one or two side by side, which can be turned and enlarged. */
export function Viewer({ images, ask, first, onClose }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const { t } = useLingui();
  const [shown, setShown] = useState([first]);
  const [isComparing, setComparing] = useState(false);
  useEffect(() => {
    const element = dialog.current;
    if (element && !element.open) element.showModal();
    return () => element?.close();
  }, []);
  function choose(id: string): void {
    setShown(isComparing ? [shown[0] ?? id, id] : [id]);
  }
  return (
    <dialog
      ref={dialog}
      className={styles.viewer}
      aria-label={t`Images of the document`}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <header className={styles.bar}>
        <div className={styles.kinds}>
          {images.map(({ id, kind }) => (
            <Button
              key={id}
              tone={shown.includes(id) ? 'primary' : 'plain'}
              aria-pressed={shown.includes(id)}
              onClick={() => choose(id)}
            >
              <WordOf words={documentImageKind} value={kind} />
            </Button>
          ))}
        </div>
        {images.length > 1 && (
          <Button
            icon="columns"
            aria-pressed={isComparing}
            onClick={() => {
              const next = images.find(({ id }) => id !== shown[0]);
              setComparing(!isComparing);
              setShown(isComparing || !next ? shown.slice(0, 1) : [shown[0] ?? first, next.id]);
            }}
          >
            <Trans>Side by side</Trans>
          </Button>
        )}
        <Button tone="quiet" icon="cross" aria-label={t`Close`} onClick={onClose} />
      </header>
      <div className={styles.panes}>
        {shown.map((id) => {
          const info = images.find((image) => image.id === id);
          return info && <Pane key={id} info={info} ask={ask} />;
        })}
      </div>
    </dialog>
  );
}

function Pane({ info, ask }: { info: ImageInfo; ask: AskAddress }) {
  const environment = useRelayEnvironment();
  const { t } = useLingui();
  const words = useWords();
  const [url, setUrl] = useState<string | null>(null);
  const [hasFailed, setFailed] = useState(false);
  const [attempt, setAttempt] = useState(0);
  const [turn, setTurn] = useState(0);
  const [zoom, setZoom] = useState(0);
  useEffect(() => {
    let isOver = false;
    let own: string | null = null;
    setFailed(false);
    loadImage(environment, ask, info.id).then(
      (found) => {
        own = found;
        if (isOver) URL.revokeObjectURL(found);
        else setUrl(found);
      },
      () => setFailed(true),
    );
    return () => {
      isOver = true;
      if (own) URL.revokeObjectURL(own);
    };
    // The function is a new one with each drawing of the page, and always does the same.
  }, [environment, info.id, attempt]);
  const factor = ZOOMS[zoom] ?? 1;
  const kind = words(documentImageKind, info.kind).text;
  return (
    <section className={styles.pane} aria-label={kind}>
      <div className={styles.scroll} tabIndex={0}>
        {hasFailed && (
          <p role="alert" className={styles.failed}>
            <Trans>The image could not be loaded.</Trans>{' '}
            <Button onClick={() => setAttempt(attempt + 1)}>
              <Trans>Try again</Trans>
            </Button>
          </p>
        )}
        {url && (
          <img
            src={url}
            alt={kind}
            draggable={false}
            data-fit={factor === 1 || undefined}
            style={{ rotate: `${turn * 90}deg`, inlineSize: `${factor * 100}%` }}
          />
        )}
      </div>
      <footer className={styles.tools}>
        <Button icon="rotate" aria-label={t`Turn to the right`} onClick={() => setTurn(turn + 1)} />
        <Button
          icon="dash"
          aria-label={t`Smaller`}
          refusal={zoom === 0 ? t`It is as small as it gets` : undefined}
          onClick={() => setZoom(zoom - 1)}
        />
        <Button
          icon="plus"
          aria-label={t`Larger`}
          refusal={zoom === ZOOMS.length - 1 ? t`It is as large as it gets` : undefined}
          onClick={() => setZoom(zoom + 1)}
        />
      </footer>
    </section>
  );
}

export default Viewer;
