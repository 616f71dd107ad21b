export { decidedTexts } from './decided.tsx';
export { deleteText } from './delete-text.tsx';
export { pause } from './pause.tsx';
export { queue } from './queue.tsx';
export { redactText } from './redact.tsx';
export { moderationStart } from './start.tsx';
export { textPage } from './text.tsx';
