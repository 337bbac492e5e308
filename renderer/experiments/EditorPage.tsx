import { Button } from '@mantine/core';
import { IconFlask } from '@tabler/icons-react';
import { own } from '../../engine/model/index.ts';
import { EmptyPage } from '../shared/EmptyPage.tsx';
import { PageLoading } from '../shared/PageLoading.tsx';
import { navigate } from '../shared/router.ts';
import { pickApplication, useWorld } from '../shared/stores.ts';
import { useDrafts } from './draft-store.ts';
import { Editor } from './Editor.tsx';

/** Finds the experiment of that name, draft first. */
export function EditorPage({ name }: { name: string }) {
  const experiments = useWorld((world) => world.experiments);
  const applications = useWorld((world) => world.applications);
  const loaded = useDrafts((state) => state.loaded);
  const draft = useDrafts((state) => own(state.drafts, name));
  const saved = experiments?.find((one) => one.name === name);
  const experiment = draft ?? saved;
  if (applications === null || (experiment === undefined && experiments === null) || !loaded) return <PageLoading />;
  const summary = pickApplication(applications, experiment?.application);
  if (experiment === undefined || summary === null) {
    return (
      <EmptyPage
        order={1}
        icon={<IconFlask size={28} stroke={1.5} />}
        title="This experiment is gone"
        text={`There is no experiment named "${name}". It was deleted or saved under another name.`}
      >
        <Button onClick={() => navigate({ page: 'experiments' })}>All experiments</Button>
      </EmptyPage>
    );
  }
  return (
    <Editor
      draftKey={name}
      experiment={experiment}
      saved={saved !== undefined}
      changed={draft !== undefined}
      summary={summary}
    />
  );
}
