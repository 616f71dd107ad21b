import type { TestProject } from 'vitest/node';
import { openWorkshop } from './workshop.ts';
import './run.ts';

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const workshop = await openWorkshop();
  project.provide('run', { workshopUrl: workshop.url });
  return workshop.close;
}
