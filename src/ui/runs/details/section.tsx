import type { ReactNode } from 'react';
import OpenInNewIcon from '@mui/icons-material/OpenInNewOutlined';
import Box from '@mui/material/Box';
import { fontSize } from '#ui/theme/tokens.ts';

/** A titled section of the row’s details. */
export const Section = ({ title, children }: { title?: string; children: ReactNode }) => (
  <Box component="section" aria-label={title} sx={{ px: 5, py: 4 }}>
    {title !== undefined && (
      <Box sx={{ mb: 2, color: 'text.secondary', typography: 'caption', fontWeight: 'fontWeightMedium' }}>
        {title}
      </Box>
    )}
    {children}
  </Box>
);

/** Links to annotations in Label Studio. */
export const Linked = ({ links }: { links: { id: number; link: string }[] }) => (
  <Box component="ul" sx={{ m: 0, p: 0, listStyle: 'none', display: 'grid', gap: 2 }}>
    {links.map(({ id, link }) => (
      <li key={id}>
        <Box
          component="a"
          href={link}
          target="_blank"
          rel="noopener noreferrer"
          sx={{ fontFamily: 'mono', display: 'inline-flex', alignItems: 'center', gap: 1.5 }}
        >
          {id}
          <OpenInNewIcon aria-hidden sx={{ fontSize: fontSize.body }} />
        </Box>
      </li>
    ))}
  </Box>
);
