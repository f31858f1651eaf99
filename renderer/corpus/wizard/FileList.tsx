import type { SourceFile } from '../../../workers/api/corpus.ts';
import { formatBytes, formatCount, formatNumber } from '../../ui/format.ts';
import { encodingNames, partNames } from '../words.ts';

const shown = 50;

/** Files as they were found: size, encoding, part, and what they are paired with. */
export function FileList({ files }: { readonly files: readonly SourceFile[] }) {
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  return (
    <details className="file-list" open={files.length <= 8}>
      <summary>
        {formatCount(files.length, 'file')}, {formatBytes(bytes)}
      </summary>
      <table>
        <thead>
          <tr>
            <th scope="col">File</th>
            <th scope="col">Size</th>
            <th scope="col">Encoding</th>
            <th scope="col">Part</th>
            <th scope="col">With</th>
          </tr>
        </thead>
        <tbody>
          {files.slice(0, shown).map((file) => (
            <tr key={file.name}>
              <td>{file.name}</td>
              <td>{formatBytes(file.bytes)}</td>
              <td>{file.encoding === null ? '' : encodingNames[file.encoding]}</td>
              <td>{file.part === null ? '' : partNames[file.part]}</td>
              <td>{file.pairedWith ?? ''}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {files.length > shown && <p className="muted">and {formatNumber(files.length - shown, 0)} more</p>}
    </details>
  );
}
