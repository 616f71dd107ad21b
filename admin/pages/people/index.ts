export { addPerson } from './add-person.tsx';
export { peopleList } from './people-list.tsx';
export { personRoles } from './person-roles.tsx';
