export { editPriority } from './edit-priority.tsx';
export { newPriority } from './new-priority.tsx';
export { priorityPage } from './priority.tsx';
export { priorityList } from './priority-list.tsx';
export { publishPriorityPage } from './publish-priority.tsx';
