import { useEffect, useId, useState } from 'react';

interface Props {
  endpoint: string;
  token: string;
  refused: boolean;
  onToken: (token: string) => void;
}

// A pause in typing before the token is used, so that no request goes out for
// every letter of it.
const PAUSE_MS = 400;

export function Bar({ endpoint, token, refused, onToken }: Props) {
  return (
    <header className="bar">
      <h1 className="bar-name">verigraph</h1>
      <p className="bar-endpoint">
        <span className="bar-label">Endpoint</span> <code>{endpoint}</code>
      </p>
      {/* Always there, so that screen readers notice when it fills. */}
      <p className="bar-status" role="status">
        {refused && (
          <>
            No valid token: paste one made with <code>POST /oauth2/token</code>
          </>
        )}
      </p>
      <TokenForm token={token} refused={refused} onToken={onToken} />
    </header>
  );
}

function TokenForm({ token, refused, onToken }: Omit<Props, 'endpoint'>) {
  const [draft, setDraft] = useState(token);
  const [shown, setShown] = useState(false);
  const id = useId();
  // Pasted tokens often bring a line break or the scheme with them.
  const wanted = draft.trim().replace(/^bearer\s+/i, '');

  useEffect(() => {
    if (wanted === token) return;
    const timer = setTimeout(() => onToken(wanted), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [wanted, token, onToken]);

  return (
    <form
      className="bar-token"
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        if (wanted !== token) onToken(wanted);
      }}
    >
      <label className="bar-label" htmlFor={id}>
        Access token
      </label>
      <input
        id={id}
        type={shown ? 'text' : 'password'}
        value={draft}
        placeholder="none"
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        aria-invalid={refused}
        onChange={(event) => setDraft(event.target.value)}
      />
      <button
        type="button"
        aria-controls={id}
        aria-label={shown ? 'Hide access token' : 'Show access token'}
        onClick={() => setShown(!shown)}
      >
        {shown ? 'Hide' : 'Show'}
      </button>
    </form>
  );
}
