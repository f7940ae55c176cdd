import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { graphql } from 'react-relay/hooks';
import { useAction } from '../app/use-action.ts';
import { usePageQuery } from '../app/use-page-query.ts';
import { Button } from '../ui/Button.tsx';
import { SelectField } from '../ui/Field.tsx';
import { Row } from '../ui/Page.tsx';
import { Card } from '../ui/Panel.tsx';
import { TextArea } from '../ui/TextArea.tsx';
import type { ScenarioCardMutation } from './__generated__/ScenarioCardMutation.graphql.ts';
import type { ScenarioCardQuery } from './__generated__/ScenarioCardQuery.graphql.ts';
import { type Ran, ScenarioOutcome } from './ScenarioOutcome.tsx';
import styles from './sandbox.module.css';

const OWN = 'own';

export function ScenarioCard() {
  const { t } = useLingui();
  const [chosen, setChosen] = useState<string>('rejected-passport');
  const [text, setText] = useState('');
  const [ran, setRan] = useState<Ran | null>(null);
  const { scenarios } = usePageQuery<ScenarioCardQuery>(
    graphql`
      query ScenarioCardQuery {
        scenarios {
          name
          summary
          description
          text
        }
      }
    `,
    {},
  );
  const action = useAction<ScenarioCardMutation>(graphql`
    mutation ScenarioCardMutation($input: RunScenarioInput!) {
      runScenario(input: $input) {
        __typename
        ... on RunScenarioSuccessPayload {
          name
          userId
          happenings {
            after
            step
            what
            outcome
            isRefused
            resourceId
          }
          objects {
            name
            id
          }
        }
        ... on Rejection {
          message
        }
      }
    }
  `);
  const isOwn = chosen === OWN;
  const builtIn = scenarios?.find(({ name }) => name === chosen);
  async function run(): Promise<void> {
    setRan(null);
    const scenario = isOwn ? text : chosen;
    const answer = (await action.run({ input: { scenario, idempotencyKey: crypto.randomUUID() } }))?.runScenario;
    if (answer?.happenings) {
      const { name, userId, happenings, objects } = answer;
      setRan({ name: name ?? chosen, userId: userId ?? null, happenings, objects: objects ?? [] });
    }
  }
  return (
    <Card title={<Trans>Run a scenario</Trans>}>
      <form
        className={styles.body}
        onSubmit={(event) => {
          event.preventDefault();
          void run();
        }}
      >
        <SelectField
          label={t`Scenario`}
          hint={t`It makes its own users. The clock moves by what it waits.`}
          value={chosen}
          onChange={(event) => setChosen(event.target.value)}
        >
          {scenarios?.map(({ name, summary }) => (
            <option key={name} value={name}>
              {name} – {summary}
            </option>
          ))}
          <option value={OWN}>{t`A text of my own`}</option>
        </SelectField>
        {builtIn && (
          <div>
            <p>{builtIn.description ?? builtIn.summary}</p>
            <details>
              <summary className={styles.open}>
                <Trans>Text of the scenario (YAML)</Trans>
              </summary>
              <pre className={styles.text} tabIndex={0}>
                {builtIn.text}
              </pre>
            </details>
          </div>
        )}
        {isOwn && (
          <TextArea
            label={t`Text of the scenario (YAML)`}
            rows={14}
            spellCheck={false}
            placeholder={'name: …\nsteps:\n  - user: {}\n  - identification: { process: PVID }'}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        )}
        {action.problem && (
          <p className={styles.wrong} role="alert">
            {action.problem.message}
          </p>
        )}
        <Row>
          <Button
            type="submit"
            tone="primary"
            isBusy={action.isBusy}
            refusal={isOwn && text.trim() === '' ? t`a text is needed` : undefined}
          >
            <Trans>Run</Trans>
          </Button>
          {builtIn && (
            <Button
              onClick={() => {
                setText(builtIn.text);
                setChosen(OWN);
              }}
            >
              <Trans>Edit a copy</Trans>
            </Button>
          )}
        </Row>
      </form>
      {ran && <ScenarioOutcome ran={ran} />}
    </Card>
  );
}
