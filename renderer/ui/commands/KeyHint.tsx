import './key-hint.css';
import { keyWords } from './keys.ts';

/** A key combination drawn as keys. */
export function KeyHint({ combo }: { readonly combo: string }) {
  return (
    <span className="key-hint">
      {keyWords(combo).map((word) => (
        <kbd key={word}>{word}</kbd>
      ))}
    </span>
  );
}
