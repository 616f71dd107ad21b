import { serve } from '../http/serve.ts';
import * as contract from './contract.ts';
import { serviceInformation } from './information.ts';

export const getServiceInformation = serve(contract.getServiceInformation).with(
  async ({ service }) => ({
    status: 200,
    body: serviceInformation({
      version: service.build.version,
      environment: service.environment,
    }),
  }),
);
