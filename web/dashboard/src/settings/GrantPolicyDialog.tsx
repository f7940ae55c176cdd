import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { graphql } from 'react-relay/hooks';
import { useAction } from '../app/use-action.ts';
import { WordOf } from '../app/WordBadge.tsx';
import { identificationLevel } from '../identification/words.ts';
import { SelectField } from '../ui/Field.tsx';
import { FormDialog } from '../ui/FormDialog.tsx';
import type {
  GrantPolicyDialogMutation,
  IdentificationLevel,
} from './__generated__/GrantPolicyDialogMutation.graphql.ts';

interface Props {
  level: string;
  levelId: string;
  ladder: readonly { readonly id: string; readonly name: string }[];
  onClose(): void;
}

export function GrantPolicyDialog({ level, levelId, ladder, onClose }: Props) {
  const { t } = useLingui();
  const action = useAction<GrantPolicyDialogMutation>(graphql`
    mutation GrantPolicyDialogMutation($input: SetGrantPolicyInput!) {
      setGrantPolicy(input: $input) {
        __typename
        ... on SetGrantPolicySuccessPayload {
          grantPolicies {
            identificationLevel
            verificationLevel {
              id
              name
            }
          }
        }
        ... on Rejection {
          message
        }
      }
    }
  `);
  const [chosen, setChosen] = useState(levelId);
  async function submit(): Promise<void> {
    const input = { identificationLevel: level as IdentificationLevel, levelId: chosen === '' ? null : chosen };
    if (await action.run({ input })) onClose();
  }
  return (
    <FormDialog
      title={
        <>
          <Trans>Granted by</Trans> <WordOf words={identificationLevel} value={level} />
        </>
      }
      onClose={onClose}
      onSubmit={() => void submit()}
      error={action.over('levelId')}
      submit={<Trans>Save</Trans>}
      isBusy={action.isBusy}
    >
      <SelectField
        label={t`Verification level`}
        value={chosen}
        error={action.at('levelId')}
        autoFocus
        onChange={(event) => setChosen(event.target.value)}
      >
        <option value="">{t`Nothing`}</option>
        {ladder.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </SelectField>
    </FormDialog>
  );
}
