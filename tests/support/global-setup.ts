import type { TestProject } from 'vitest/node';
import { openWorkshop } from './workshop.ts';
import './run.ts';

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const workshop = await openWorkshop();
  // Before any process loads wrangler: workerd then trusts the receivers of webhooks that the tests start.
  process.env.NODE_EXTRA_CA_CERTS = workshop.trustedCertificatePath;
  project.provide('run', { workshopUrl: workshop.url });
  return workshop.close;
}
