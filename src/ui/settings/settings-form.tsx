import { lazy, Suspense, useState } from 'react';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useForm, useWatch } from 'react-hook-form';
import type { Connection } from '#engine/session/open-session.ts';
import type { Failure } from '#wire/failure.ts';
import type { ServerOffer } from '#wire/server-offer.ts';
import { Field } from '#ui/components/inputs/field.tsx';
import { useEngine } from '#ui/state/use-engine.ts';
import { visuallyHidden } from '#ui/components/visually-hidden.ts';
import {
  addressProblem,
  isBlockedAsInsecure,
  serverAddress,
  understoodAddress,
  type SettingsValues,
} from './server-address.ts';
import { firstValues, keepServer } from './kept-server.ts';
import { ServerChoice } from './server-choice.tsx';

/** Import uses the same chunk, so it is usually loaded. */
const FailureNotice = lazy(() =>
  import('#ui/components/feedback/failure-notice.tsx').then((module) => ({ default: module.FailureNotice })),
);

interface SettingsFormProps {
  offer: ServerOffer;
  onConnected: (connection: Connection) => void;
}

export function SettingsForm({ offer, onConnected }: SettingsFormProps) {
  const engine = useEngine();
  const [failure, setFailure] = useState<Failure>();
  const { register, control, handleSubmit, getValues, setValue, formState } = useForm({
    defaultValues: firstValues(offer),
  });
  const { errors, isSubmitting } = formState;
  const where = useWatch({ control, name: 'where' });
  const address = useWatch({ control, name: 'address' });
  const understood = understoodAddress(address);

  // Not a mutation, because the query client would keep the token in its variables.
  const connect = handleSubmit(async (values) => {
    setFailure(undefined);
    const server = serverAddress(values, offer, document.baseURI);
    const outcome = await engine.session.connect(server, values.token.trim());
    if (outcome.ok) {
      keepServer(values, offer);
      onConnected(outcome.value);
    } else setFailure(outcome.failure);
  });

  async function connectTo(found: string) {
    setValue('address', found);
    setValue('username', found);
    await connect();
  }

  const otherAddress = ({ foundAt }: Failure) =>
    foundAt === undefined ? undefined : (
      <Button variant="outlined" onClick={() => void connectTo(foundAt)} sx={{ overflowWrap: 'anywhere' }}>
        Use {foundAt}
      </Button>
    );

  return (
    <Box
      component="form"
      aria-label="Server and token"
      noValidate
      onSubmit={(event) => void connect(event)}
      sx={{ display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: 5 }}
    >
      <ServerChoice
        offer={offer}
        where={where}
        register={register}
        onAccount={({ name, token }) => {
          setValue('username', name);
          setValue('token', token, { shouldValidate: errors.token !== undefined });
          setFailure(undefined);
        }}
      />

      {where === 'address' && (
        <Field
          label="Address"
          type="url"
          placeholder="https://labels.example.com"
          autoComplete="url"
          spellCheck={false}
          problem={errors.address?.message}
          help={
            understood === undefined
              ? 'Copy it from your browser while Label Studio is open.'
              : `Sheaf will connect to ${understood}`
          }
          {...register('address', {
            validate: addressProblem,
            // Each server’s token has a separate entry in the password manager.
            onChange: () => setValue('username', getValues('address').trim()),
          })}
        />
      )}
      {where === 'address' && isBlockedAsInsecure(address, window.location.href) && (
        <Alert severity="warning">
          This page uses https, so the browser blocks plain http addresses. Use the server’s https address, or
          run Sheaf on your computer.
        </Alert>
      )}

      <div>
        {/* For the password manager, which stores a token under a name; Label Studio doesn’t need it. */}
        <Box
          component="input"
          type="text"
          autoComplete="username"
          tabIndex={-1}
          aria-hidden
          {...register('username')}
          sx={visuallyHidden}
        />
        <Field
          label="Access token"
          type="password"
          autoComplete="current-password"
          spellCheck={false}
          problem={errors.token?.message}
          help={where === 'sandbox' ? sandboxTokenHelp : tokenHelp}
          {...register('token', { validate: tokenProblem })}
        />
      </div>

      {where !== 'sandbox' && (
        <details>
          <summary>Advanced</summary>
          <Box sx={{ mt: 3 }}>
            <Field
              label="Request timeout of the server or its gateway (seconds)"
              inputMode="numeric"
              problem={errors.timeLimitSeconds?.message}
              help="The longest time a request may take. Sheaf waits this long before it looks for a lost answer."
              {...register('timeLimitSeconds', { validate: timeLimitProblem })}
            />
          </Box>
        </details>
      )}

      <Box sx={{ display: 'flex', alignItems: 'center', gap: 3 }}>
        <Button type="submit" variant="contained" loading={isSubmitting} loadingPosition="start">
          {isSubmitting ? 'Connecting …' : 'Connect'}
        </Button>
        <Box component="span" role="status" sx={{ color: 'text.secondary', typography: 'body2' }}>
          {isSubmitting && 'Checking the token'}
        </Box>
      </Box>

      {failure && (
        <Suspense>
          <div ref={(notice) => notice?.scrollIntoView({ block: 'nearest' })}>
            <FailureNotice failure={failure}>{otherAddress(failure)}</FailureNotice>
          </div>
        </Suspense>
      )}
    </Box>
  );
}

const tokenHelp =
  'In Label Studio, click your avatar (top right) → Account & Settings → Personal Access Token (or the older Access Token). Sheaf keeps it in this tab’s memory only.';
const sandboxTokenHelp = 'Filled in for the user above.';

const tokenProblem = (token: string) => (token.trim() === '' ? 'Paste your access token.' : undefined);

function timeLimitProblem(text: string, { where }: SettingsValues) {
  if (where === 'sandbox') return undefined;
  const seconds = Number(text);
  return Number.isFinite(seconds) && seconds > 0 && seconds <= 3600
    ? undefined
    : 'A number of seconds between 1 and 3600.';
}
