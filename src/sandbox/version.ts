import { ok, type Answer, type Call } from '#sandbox/http/call.ts';

/** The answer of a new 1.23.2. Only `edition` distinguishes Enterprise from Community. */
export function version({ settings }: Call): Answer {
  const message = 'fix: PLT-1331: Block SSRF in export media downloads';
  const commit = 'df96d79183156e556d91825d15fa7721f1145e1a';
  const frontEnd = { message, commit, date: '2026-09-25T09:13:03.000Z', branch: 'develop' };
  return ok({
    release: '1.23.2',
    'label-studio-os-package': {
      version: '1.23.2',
      short_version: '1.23',
      latest_version_from_pypi: null,
      latest_version_upload_time: null,
      current_version_is_outdated: false,
    },
    'label-studio-os-backend': {
      message,
      commit,
      date: '2026/09/25 23:22:13',
      branch: '',
      version: '1.23.2+0.gdf96d79.dirty',
    },
    'label-studio-frontend': frontEnd,
    dm2: frontEnd,
    'label-studio-converter': { version: '2.1.2' },
    edition: settings.edition === 'enterprise' ? 'Enterprise' : 'Community',
  });
}

export const health = (): Answer => ({
  status: 200,
  body: '{"status": "UP"}',
  contentType: 'text/html; charset=utf-8',
});
