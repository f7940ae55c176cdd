import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { graphql } from 'react-relay/hooks';
import { useAction } from '../app/use-action.ts';
import { WordOf } from '../app/WordBadge.tsx';
import { identificationLevel } from '../identification/words.ts';
import { Check } from '../ui/Check.tsx';
import { Field } from '../ui/Field.tsx';
import { FormDialog } from '../ui/FormDialog.tsx';
import type { IdentificationLevel, ValidityDialogMutation } from './__generated__/ValidityDialogMutation.graphql.ts';
import { daysOf } from './days.ts';

interface Props {
  level: string;
  days: number | null;
  untilDocumentExpires: boolean;
  onClose(): void;
}

export function ValidityDialog({ level, days, untilDocumentExpires, onClose }: Props) {
  const { t } = useLingui();
  const action = useAction<ValidityDialogMutation>(graphql`
    mutation ValidityDialogMutation($input: SetLevelValidityInput!) {
      setLevelValidity(input: $input) {
        __typename
        ... on SetLevelValiditySuccessPayload {
          levelValidities {
            level
            days
            untilDocumentExpires
          }
        }
        ... on Rejection {
          message
        }
      }
    }
  `);
  const [text, setText] = useState(days === null ? '' : String(days));
  const [withDocument, setWithDocument] = useState(untilDocumentExpires);
  const wanted = daysOf(text);
  async function submit(): Promise<void> {
    if (wanted === undefined) return;
    const input = { level: level as IdentificationLevel, days: wanted, untilDocumentExpires: withDocument };
    if (await action.run({ input })) onClose();
  }
  return (
    <FormDialog
      title={
        <>
          <Trans>Validity</Trans>: <WordOf words={identificationLevel} value={level} />
        </>
      }
      onClose={onClose}
      onSubmit={() => void submit()}
      error={action.over('days')}
      submit={<Trans>Save</Trans>}
      isBusy={action.isBusy}
      refusal={wanted === undefined ? t`a whole number of days is needed` : undefined}
    >
      <Field
        label={t`Days of validity`}
        hint={t`Left empty, there is no limit in days.`}
        inputMode="numeric"
        value={text}
        error={action.at('days')}
        autoFocus
        onChange={(event) => setText(event.target.value)}
      />
      <Check isOn={withDocument} onChange={setWithDocument}>
        <Trans>It ends with the last day of the identity document, if that is earlier</Trans>
      </Check>
    </FormDialog>
  );
}
