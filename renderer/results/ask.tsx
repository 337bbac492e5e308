import { Button, Group, Stack, TagsInput, Textarea, TextInput } from '@mantine/core';
import { modals } from '@mantine/modals';
import { useState, type ReactNode } from 'react';
import { notesSchema, titleSchema, type ResultSummary } from '../../engine/model/index.ts';
import { tagsOf } from '../history/find.ts';
import { useWorld } from '../shared/stores.ts';
import { noteResult, renameResult, tagResult } from './actions.ts';

interface Named {
  id: string;
  title: string;
  tags: string[];
}

type Noted = Pick<ResultSummary, 'id' | 'title' | 'notes'>;

/** Asks for another title. */
export function askForTitle(result: Named): void {
  modals.open({ modalId: 'rename', title: 'Rename result', children: <TitleForm result={result} /> });
}

/** Asks for the tags. */
export function askForTags(result: Named): void {
  modals.open({ modalId: 'tags', title: `Tags of ${result.title}`, children: <TagsForm result={result} /> });
}

/** Asks for what is to be noted about it. */
export function askForNotes(result: Noted): void {
  modals.open({ modalId: 'notes', title: `Notes on ${result.title}`, children: <NotesForm result={result} /> });
}

function TitleForm({ result }: { result: Named }) {
  const [title, setTitle] = useState(result.title);
  const parsed = titleSchema.safeParse(title.trim());
  return (
    <Form id="rename" disabled={!parsed.success} onSubmit={() => renameResult(result.id, title.trim())}>
      <TextInput
        data-autofocus
        label="Title"
        value={title}
        error={parsed.success ? null : 'A title has 1 to 200 characters.'}
        onChange={(event) => setTitle(event.currentTarget.value)}
      />
    </Form>
  );
}

function TagsForm({ result }: { result: Named }) {
  const [tags, setTags] = useState(result.tags);
  const known = tagsOf(useWorld((world) => world.results) ?? []).map(({ tag }) => tag);
  const wrong = tags.some((tag) => tag.length > 60) || tags.length > 50;
  return (
    <Form id="tags" disabled={wrong} onSubmit={() => tagResult(result.id, tags)}>
      <TagsInput
        data-autofocus
        label="Tags"
        description="Enter ends a tag."
        data={known}
        value={tags}
        error={wrong ? 'At most 50 tags of at most 60 characters.' : null}
        onChange={setTags}
      />
    </Form>
  );
}

function NotesForm({ result }: { result: Noted }) {
  const [notes, setNotes] = useState(result.notes);
  const parsed = notesSchema.safeParse(notes);
  return (
    <Form id="notes" disabled={!parsed.success} onSubmit={() => noteResult(result.id, notes)}>
      <Textarea
        data-autofocus
        label="Notes"
        autosize
        minRows={5}
        maxRows={16}
        value={notes}
        error={parsed.success ? null : `Notes ${parsed.error.issues[0]?.message ?? 'are not allowed'}.`}
        onChange={(event) => setNotes(event.currentTarget.value)}
      />
    </Form>
  );
}

function Form({
  id,
  disabled,
  onSubmit,
  children,
}: {
  id: string;
  disabled: boolean;
  onSubmit: () => Promise<boolean>;
  children: ReactNode;
}) {
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void onSubmit().then((done) => done && modals.close(id));
      }}
    >
      <Stack>
        {children}
        <Group justify="flex-end">
          <Button variant="default" onClick={() => modals.close(id)}>
            Cancel
          </Button>
          <Button type="submit" disabled={disabled}>
            Save
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
