import { useLingui } from '@lingui/react/macro';
import styles from './account.module.css';

/** A QR code from its rows of modules; 1 is dark. */
export function QrCode({ rows }: { rows: readonly string[] }) {
  const { t } = useLingui();
  const path = rows
    .flatMap((row, y) => [...row].map((module, x) => (module === '1' ? `M${x} ${y}h1v1h-1z` : '')))
    .join('');
  return (
    <svg
      className={styles.qr}
      viewBox={`0 0 ${rows[0]?.length ?? 1} ${rows.length || 1}`}
      shapeRendering="crispEdges"
      role="img"
      aria-label={t`QR code for an authenticator app`}
    >
      <path d={path} />
    </svg>
  );
}
