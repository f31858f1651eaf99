import { Callout } from '@blueprintjs/core';
import type { ImportPreview } from '../../../workers/api/corpus.ts';
import { Stat } from '../../ui/Stat.tsx';
import { formatNumber } from '../../ui/format.ts';
import { RejectionList } from '../overview/RejectionList.tsx';
import { partNames } from '../words.ts';
import { LabelMapping } from './LabelMapping.tsx';
import { PreviewNotes } from './PreviewNotes.tsx';
import type { LabelChoicesState } from './use-label-choices.ts';

/** What would come in: counts, labels, rejections, the first notes. */
export function PreviewStep({
  preview,
  labels,
}: {
  readonly preview: ImportPreview;
  readonly labels: LabelChoicesState;
}) {
  const { partCounts } = preview;
  const parts = (['train', 'dev', 'test'] as const)
    .filter((part) => partCounts[part] > 0)
    .map((part) => `${partNames[part]} ${formatNumber(partCounts[part], 0)}`)
    .join(', ');
  return (
    <section className="wizard-step" aria-labelledby="preview-heading">
      <h2 id="preview-heading">2. What would come in</h2>
      <div className="wizard-stats">
        <Stat
          label="Notes"
          value={formatNumber(preview.noteCount, 0)}
          {...(parts === '' ? {} : { detail: parts })}
        />
        <Stat label="Spans" value={formatNumber(preview.spanCount, 0)} />
        <Stat label="Links" value={formatNumber(preview.linkCount, 0)} />
        <Stat label="Characters" value={formatNumber(preview.characters, 0)} />
        <Stat label="Rejected" value={formatNumber(preview.rejectedCount, 0)} />
        <Stat
          label="Known ids"
          value={formatNumber(preview.duplicateCount, 0)}
          detail="in the corpus or twice in the files"
        />
      </div>
      {preview.notices.length > 0 && (
        <Callout intent="primary" title="Tolerated">
          <ul>
            {preview.notices.map((notice) => (
              <li key={notice}>{notice}</li>
            ))}
          </ul>
        </Callout>
      )}
      {preview.rejected.length > 0 && (
        <>
          <h3>Rejected: {formatNumber(preview.rejectedCount, 0)}</h3>
          <RejectionList rows={preview.rejected} />
          {preview.rejectedCount > preview.rejected.length && (
            <p className="muted">The first {formatNumber(preview.rejected.length, 0)} are shown.</p>
          )}
        </>
      )}
      <h3>Labels</h3>
      <LabelMapping preview={preview} labels={labels} />
      {preview.firstNotes.length > 0 && (
        <>
          <h3>The first notes</h3>
          <PreviewNotes notes={preview.firstNotes} labels={labels} />
        </>
      )}
    </section>
  );
}
