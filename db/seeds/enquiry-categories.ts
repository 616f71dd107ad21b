/**
 * What a thing that people said is about, version 1: the categories of the golden thread in "Involving people living with mental
 * illness in the creation of their own services" (Rethink Mental Illness, 2022), in our own plain words. A version is never
 * edited: themes refer to it. What should be different is version 2.
 */

import type { EnquiryCategory } from '../../domain/vocabulary.ts';

export interface EnquiryCategorySeed {
  version: 1;
  code: EnquiryCategory;
  position: number;
  title: string;
  description: string;
}

const version1: readonly Omit<EnquiryCategorySeed, 'version' | 'position'>[] = [
  {
    code: 'culture-and-offers-of-help',
    title: 'Culture and offers of help',
    description: 'How people are met, and whether the help that is offered fits who they are.',
  },
  {
    code: 'community-support',
    title: 'Support in the community',
    description: 'Help close to home: groups, peers, housing, work, money, people to be with.',
  },
  {
    code: 'clinical-and-social-help',
    title: 'Clinical and social help',
    description: 'Treatment, therapy, medicines and care: what there is, and whether it helps.',
  },
  {
    code: 'continuity-and-relationships',
    title: 'Continuity and relationships',
    description: 'Seeing the same people, being remembered, and moving between services well.',
  },
  {
    code: 'information',
    title: 'Information',
    description: 'Knowing what is going on, what comes next, and where to turn.',
  },
  {
    code: 'involvement-in-care',
    title: 'Involvement in care',
    description: 'Having a say in one’s own care, as somebody who uses services or as a carer.',
  },
  {
    code: 'safety-and-dignity',
    title: 'Safety and dignity',
    description: 'Being safe, being treated with respect, and having one’s rights kept.',
  },
  {
    code: 'environment-and-activities',
    title: 'Surroundings and things to do',
    description: 'Rooms, wards, food and quiet, and what there is to do.',
  },
];

export const enquiryCategorySeeds: readonly EnquiryCategorySeed[] = version1.map(
  (category, index) => ({ version: 1, position: index + 1, ...category }),
);
