export { apiClient } from './api-client.tsx';
export { apiClientList } from './api-client-list.tsx';
export { changeKeys } from './change-keys.tsx';
export { registerApiClientPage } from './register-api-client.tsx';
export { revokeApiClientPage } from './revoke-api-client.tsx';
