import { Screen } from '../../ui/layout/Screen.tsx';
import { Kpis } from './Kpis.tsx';
import { Loop } from './Loop.tsx';
import { TreatmentMap } from './TreatmentMap.tsx';
import { useSummaries } from './use-summaries.ts';
import './home.css';

/** The state of the whole loop in one look, the five KPIs, and what was seen to treat what. */
export function HomeScreen() {
  const summaries = useSummaries();
  return (
    <Screen title="Home" page>
      <div className="home">
        <Loop summaries={summaries} />
        <Kpis summaries={summaries} />
        <TreatmentMap />
      </div>
    </Screen>
  );
}
