import { Badge } from '../ui/Badge.tsx';
import { useWords, type Words } from './words.ts';

interface Props {
  words: Words;
  value: string;
  isPlain?: boolean;
}

/** An enum value as a badge, with the graph's spelling at hand. */
export function WordBadge({ words, value, isPlain = false }: Props) {
  const { text, tone } = useWords()(words, value);
  return (
    <Badge tone={tone} isPlain={isPlain} title={text === value ? undefined : value}>
      {text}
    </Badge>
  );
}

export function WordOf({ words, value }: { words: Words; value: string }) {
  return <>{useWords()(words, value).text}</>;
}
