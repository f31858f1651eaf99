import { useQuery } from '../../engine-client/use-query.ts';
import { ErrorCallout } from '../../ui/ErrorCallout.tsx';
import { formatNumber } from '../../ui/format.ts';
import { RejectionList } from './RejectionList.tsx';

const shown = 200;

/** What an import rejected, line by line. */
export function Rejections({ importId }: { readonly importId: number }) {
  const rejections = useQuery('corpus.rejections', { importId, limit: shown });
  if (rejections.error !== undefined)
    return <ErrorCallout error={rejections.error} onRetry={rejections.refresh} />;
  if (rejections.data === undefined) return null;
  const { rows, total } = rejections.data;
  return (
    <>
      <RejectionList rows={rows} />
      {total > rows.length && <p className="muted">and {formatNumber(total - rows.length, 0)} more</p>}
    </>
  );
}
