import { sql } from 'drizzle-orm';
import { pgView, text, uuid } from 'drizzle-orm/pg-core';

/**
 * Texts under questions that promised to publish them whole, once a moderator let them be: without service and perspective. One
 * that its writer takes back is gone from here at once.
 */
export const publishedTexts = pgView('published_texts', {
  id: uuid('id').notNull(),
  cycleId: uuid('cycle_id').notNull(),
  organisation: text('organisation').notNull(),
  question: text('question').notNull(),
  words: text('words').notNull(),
})
  .with({ securityBarrier: true })
  .as(sql`
  select part.id, part.cycle_id, part.organisation, part.question, part.text as words
  from text_parts as part join cycles on cycles.id = part.cycle_id
  where part.decision in ('publish', 'redact') and part.text is not null
    and cycles.questions @> jsonb_build_array(jsonb_build_object('code', part.question, 'publication', 'whole'))`);
