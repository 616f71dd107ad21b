export { apiClientList } from './api-client-list.tsx';
export { registerApiClientPage } from './register-api-client.tsx';
