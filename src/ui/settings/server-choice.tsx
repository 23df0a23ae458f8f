import { useId, type ChangeEvent, type ComponentPropsWithRef, type ReactNode } from 'react';
import Box from '@mui/material/Box';
import type { UseFormRegister } from 'react-hook-form';
import type { ServerOffer } from '#wire/server-offer.ts';
import { Radio } from '#ui/components/inputs/radio.tsx';
import type { SettingsValues } from './server-address.ts';

type User = NonNullable<ServerOffer['sandbox']>['users'][number];

type Account = Pick<User, 'name' | 'token'>;

export const noAccount: Account = { name: '', token: '' };

interface ServerChoiceProps {
  offer: ServerOffer;
  where: SettingsValues['where'];
  register: UseFormRegister<SettingsValues>;
  /** Called when another server or demo user is chosen, with its username and known token. */
  onAccount: (account: Account) => void;
}

/** The choice of server: one that Sheaf’s server offers, or any by its address. */
export function ServerChoice({
  offer: { sandbox, labelStudio },
  where,
  register,
  onAccount,
}: ServerChoiceProps) {
  // Registered once, because react-hook-form calls only a field’s last `onChange`.
  const field = register('where');
  const choice = (value: SettingsValues['where'], account = noAccount) => ({
    ...field,
    value,
    onChange: (event: ChangeEvent) => {
      void field.onChange(event);
      onAccount(account);
    },
  });

  return (
    <Box component="fieldset" sx={{ border: 0, p: 0, m: 0, minWidth: 0, display: 'grid', gap: 2 }}>
      <Box component="legend" sx={{ p: 0, mb: 1, typography: 'body2', fontWeight: 'fontWeightMedium' }}>
        Server
      </Box>
      {sandbox && (
        <Card>
          <Choice
            title="Sandbox"
            description={`A practice ${editionName[sandbox.edition]} server with sample projects, built in. Nothing leaves this computer.`}
            input={choice('sandbox', sandbox.users[0])}
          />
          {where === 'sandbox' && sandbox.users.length > 0 && (
            <Users users={sandbox.users} onUser={onAccount} />
          )}
        </Card>
      )}
      {labelStudio && (
        <Card>
          <Choice
            title={`Label Studio at ${labelStudio.target}`}
            description="Through Sheaf’s own server, so CORS settings don’t matter."
            input={choice('proxied', { name: labelStudio.target, token: '' })}
          />
        </Card>
      )}
      <Card>
        <Choice
          title="Your Label Studio"
          description="Your browser connects to it directly."
          input={choice('address')}
        />
      </Card>
    </Box>
  );
}

const editionName = { community: 'Community', enterprise: 'Enterprise' };

const Card = ({ children }: { children: ReactNode }) => (
  <Box
    sx={{
      border: 1,
      borderColor: 'outline.quiet',
      borderRadius: 1,
      bgcolor: 'background.paper',
      '&:has(> label > input:checked)': { borderColor: 'primary.main' },
    }}
  >
    {children}
  </Box>
);

interface ChoiceProps {
  title: string;
  description: string;
  input: ComponentPropsWithRef<'input'>;
}

function Choice({ title, description, input }: ChoiceProps) {
  const id = useId();
  return (
    <Box component="label" sx={{ display: 'flex', gap: 3, px: 3, py: 2.5, cursor: 'pointer' }}>
      <Radio {...input} aria-labelledby={`${id}-title`} aria-describedby={`${id}-description`} />
      <Box component="span" sx={{ minWidth: 0 }}>
        <Box
          component="span"
          id={`${id}-title`}
          sx={{ display: 'block', fontWeight: 'fontWeightMedium', overflowWrap: 'anywhere' }}
        >
          {title}
        </Box>
        <Box component="span" id={`${id}-description`} sx={{ color: 'text.secondary', typography: 'body2' }}>
          {description}
        </Box>
      </Box>
    </Box>
  );
}

function Users({ users, onUser }: { users: User[]; onUser: (user: User) => void }) {
  return (
    <Box
      role="radiogroup"
      aria-label="Demo user"
      sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 5, rowGap: 1, pl: 10, pr: 3, pb: 2.5 }}
    >
      {users.map((user, index) => (
        <Box
          component="label"
          key={user.token}
          sx={{ display: 'flex', alignItems: 'baseline', gap: 1.5, cursor: 'pointer', typography: 'body2' }}
        >
          <Box sx={{ alignSelf: 'center', display: 'flex' }}>
            <Radio name="demo-user" defaultChecked={index === 0} onChange={() => onUser(user)} />
          </Box>
          <span>
            {user.name}{' '}
            <Box component="span" sx={{ color: 'text.secondary' }}>
              {user.role}
            </Box>
          </span>
        </Box>
      ))}
    </Box>
  );
}
