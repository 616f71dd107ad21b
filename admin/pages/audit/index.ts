export { auditTrail } from './audit-trail.tsx';
export { auditVerification } from './audit-verification.tsx';
