/**
 * Sentences with places to fill. {d1}: the patient's first disease, {t1}: a treatment of it (the two are linked
 * where both stand in one sentence), {d}: any disease, {t}: any treatment, {x}: a test, {z}: an invented
 * name of something else, {n}: a number, {name}, {ward},
 * {who}, {kin}, {job}, {food}, {days}, {dose}, {date}.
 */
export const historyLines = [
  'Known to have {d1}, for which {t1} was started {days} ago.',
  'Has a background of {d1}, {d2} and {d3}.',
  'Presents with {d1} for {days}.',
  'Was seen by Dr {name} on {ward} and found to have {d1}.',
  'There is a history of {d2} managed with {t2}.',
  'Reports {d1} since {date}, worse at night.',
  'Previously had {t} without complications.',
  '{d2} was diagnosed in {year} after {x}.',
  'Denies {d} or {d}.',
  'No history of {d}.',
  'His {kin} had {d}; her {kin} died of {d}.',
  'Family history: {kin} with {d}.',
  'Lives on {z} Street, uses the {z} app for reminders.',
  'Took part in the {z} study in {year}.',
  'Could not recall the name, perhaps {z} or {t1}.',
  'Retired {job}, lives with {who}.',
  'Eats {food} and {food}, walks to the shop, does not smoke.',
  'Could not tolerate {t1} and was changed to {t}.',
  'Allergic to {t}, which gave {d}.',
] as const;

export const findingLines = [
  'Examination shows {d1}.',
  'On examination there is {d2} but no {d}.',
  '{x} was normal.',
  '{x} showed {d1}.',
  '{x} on {date}: no evidence of {d}.',
  'Blood pressure {n}/{m}, pulse {m}, saturation {p} % on air.',
  'There was {n} mm of ST depression in the lateral leads.',
  'Stroke volume and ejection fraction were within limits.',
  'The wound is clean with no discharge.',
  'Feet are cold but well perfused.',
  'Failure to attend the last appointment was noted.',
  'Serum iron {n}, insulin level {m}.',
  'Gait is steady, mood is good, sleep is poor.',
  'Findings are suspicious for {d1}; {x} is advised.',
  'Impression: {d1}, rule out {d}.',
  'The line was moved from {ward} to {ward}.',
] as const;

export const planLines = [
  'Start {t1} {dose} for {d1}.',
  'Continue {t1} for {d1} and {t2} for {d2}.',
  'We gave {t1} for {d1} with good effect.',
  '{d1} responded to {t1}.',
  'Treated with {t2} because of {d2}.',
  '{t1} {dose} was increased, {t} was stopped.',
  'If {d2} recurs, consider {t2}.',
  'Hold {t} until {x} is back.',
  'Plan: {t1}, then {x} in {days}.',
  'Refer to Dr {name} for {t2}.',
  'Listed for {t1} on {date}.',
  'Underwent {t1} for {d1} on {date}; recovery was quick.',
  'Repeat {x} in {days}.',
  'Started on {x} in view of {d1}.',
  'Continue {z} forms and {t2}.',
  '{x} for {d2} and {t1} for {d1}.',
  'Treated with care by the {z} team.',
  'Discussed with {who}; they will ring {ward}.',
  'He will bring {food} and his own slippers.',
  'Discharge is planned for {date}.',
  'Advised {t} and to avoid {food}.',
  '{t2} was not given.',
  'Started on {t1} in view of {d1}, {d2} being stable on {t2}.',
  'The block was booked by Dr {name}.',
] as const;

export const nursingLines = [
  'Slept well, ate {food}.',
  'C/o {d1}, {t1} given at {time}.',
  'Obs stable. {t2} due at {time}.',
  'Spoke to {who}, who asked about {d1}.',
  'Dressing changed, no {d}.',
  'Refused {t1} at {time}, Dr {name} aware.',
  'Up to {ward} for {x}.',
  'Settled after {t}.',
  'Given {t1} for {d1} at {time}, settled.',
  'Took {food} with {t2}.',
  'Nil new overnight.',
  'Given {food} for breakfast at {time}.',
  'C/o {food}, {z} magazine given at {time}.',
  'Complained of feeling cold, blanket given.',
] as const;

/** What begins to be written in week 3: a new service with its own manner and its own words. */
export const driftLines = [
  'pt c/o {n1} x{m}/7, commenced {v1} {dose} stat',
  'ref by tele-triage ?{n1} vs {n2}',
  '{v1} loaded -> {n1} improving',
  'swab neg, {n2} not excluded, cont {v2}',
  'obs ok, {n1} ongoing, ?escalate to {v2}',
  'd/w remote team: {v1} od + {v2} prn for {n1}',
  'nil {d}, nil {n2}',
  'rv {days}, {t1} on hold whilst on {v1}',
  'hx {d1} on {t1}, now {n1}',
  'pathway: {n1} bundle started {time}, {v2} charted',
] as const;
