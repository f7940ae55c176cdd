import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { graphql } from 'react-relay/hooks';
import { useAction } from '../app/use-action.ts';
import { useWords } from '../app/words.ts';
import { SelectField } from '../ui/Field.tsx';
import { FormDialog } from '../ui/FormDialog.tsx';
import type { StartDialogMutation } from './__generated__/StartDialogMutation.graphql.ts';
import { IDENTIFICATION_PROCESSES, type IdentificationProcess, identificationProcess } from './words.ts';

interface Props {
  userId: string;
  onClose(): void;
}

export function StartDialog({ userId, onClose }: Props) {
  const { t } = useLingui();
  const words = useWords();
  const action = useAction<StartDialogMutation>(graphql`
    mutation StartDialogMutation($input: StartIdentificationInput!) {
      startIdentification(input: $input) {
        __typename
        ... on StartIdentificationSuccessPayload {
          identification {
            id
          }
        }
        ... on Rejection {
          message
        }
      }
    }
  `);
  const [process, setProcess] = useState<IdentificationProcess>('Expert');
  const [idempotencyKey] = useState(() => crypto.randomUUID());
  async function submit(): Promise<void> {
    if (await action.run({ input: { userId, process, idempotencyKey } })) onClose();
  }
  return (
    <FormDialog
      title={<Trans>Start an identification</Trans>}
      onClose={onClose}
      onSubmit={() => void submit()}
      error={action.over('process')}
      submit={<Trans>Start</Trans>}
      isBusy={action.isBusy}
    >
      <SelectField
        label={t`Process`}
        value={process}
        error={action.at('process')}
        autoFocus
        onChange={(event) => setProcess(event.target.value as IdentificationProcess)}
      >
        {IDENTIFICATION_PROCESSES.map((value) => (
          <option key={value} value={value}>
            {words(identificationProcess, value).text}
          </option>
        ))}
      </SelectField>
    </FormDialog>
  );
}
