import type { Discovery } from './open-id.ts';

/** What Google says of itself at https://accounts.google.com/.well-known/openid-configuration, and has said for years. */
export const googleDiscovery: Discovery = {
  issuer: 'https://accounts.google.com',
  authorization_endpoint: 'https://accounts.google.com/o/oauth2/v2/auth',
  token_endpoint: 'https://oauth2.googleapis.com/token',
  jwks_uri: 'https://www.googleapis.com/oauth2/v3/certs',
  userinfo_endpoint: 'https://openidconnect.googleapis.com/v1/userinfo',
  token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic'],
  id_token_signing_alg_values_supported: ['RS256'],
};
