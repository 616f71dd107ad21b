import { grantStatements, runtimeRoles } from './roles.ts';

/**
 * `node db/print-grants.ts`: the grants of db/roles.ts as SQL, for a migration that follows one which adds or removes a
 * column. Granting what is granted already changes nothing; what is no longer stated has to be revoked by hand.
 */
for (const role of runtimeRoles) {
  console.log(`-- ${role}`);
  for (const statement of grantStatements(role))
    console.log(`${statement}\n--> statement-breakpoint`);
}
