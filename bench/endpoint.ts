import { runtimeRoles } from '../db/roles.ts';
import { openDatabase } from '../dev/database.ts';
import { startNeonEndpoint } from '../dev/neon-endpoint.ts';

/** The Neon endpoint as a process of its own, so that it does not share a thread with the load. Told its database as argument. */
const database = await openDatabase({ url: process.argv[2] ?? '', connections: 20 });
// The floor's role is the owner of the tables: it is the least that a Worker could do, not the safest.
const endpoint = await startNeonEndpoint({ database, roles: [...runtimeRoles, 'postgres'] });
process.stdout.write(`${endpoint.url}\n`);
process.on('disconnect', () => process.exit(0));
