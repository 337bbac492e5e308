import { listApplications, loadApplication, type Laboratory } from '../../engine/deploy/index.ts';
import {
  allPrintable,
  topologyProblems,
  type ApiModule,
  type ApplicationSummary,
  type Claims,
  type Topology,
} from '../../engine/model/index.ts';
import { savedTopologies } from '../../engine/storage/index.ts';
import { Problem, type HostConfiguration } from '../host-protocol/index.ts';

/** The applications with the topologies people saved for them. */
export interface Applications {
  list(): Promise<ApplicationSummary[]>;
  saveTopology(application: string, topology: Topology): Promise<ApplicationSummary[]>;
  /** Moves it to the trash; answers what it is called there. */
  deleteTopology(application: string, name: string): Promise<string | null>;
  /** What its modules offer to others, by their sources. */
  apis(application: string, laboratory: Laboratory): Promise<ApiModule[]>;
  /** What the stored results of its source on this machine say of each claim. */
  claims(application: string, runtime: 'docker' | 'process' | null, laboratory: Laboratory): Promise<Claims>;
}

export function openApplications(
  configuration: () => Pick<HostConfiguration, 'applicationsDirectory' | 'dataDirectory'>,
  onChange: () => void = () => undefined,
): Applications {
  const savedFor = (application: string) => savedTopologies(configuration().dataDirectory, application);

  const list = async (): Promise<ApplicationSummary[]> => {
    const { applicationsDirectory } = configuration();
    const names = await listApplications(applicationsDirectory);
    return Promise.all(
      names.map(async (name) => {
        const application = await loadApplication(applicationsDirectory, name);
        // A saved cut may be older than the application.
        const saved = (await savedFor(name).list()).filter(
          (topology) => topologyProblems(topology, application).length === 0,
        );
        return { application, savedTopologies: saved };
      }),
    );
  };
  return {
    list,
    saveTopology: async (name, topology) => {
      const application = await loadApplication(configuration().applicationsDirectory, name);
      const problem = topologyProblems(topology, application)[0];
      if (problem !== undefined) throw new Problem('bad-topology', `${problem}.`);
      if (Object.hasOwn(application.topologies, topology.name)) {
        throw new Problem(
          'name-taken',
          `The application has a topology named "${topology.name}" of its own.`,
          'Choose another name.',
        );
      }
      await savedFor(name).save(topology);
      onChange();
      return list();
    },
    deleteTopology: async (name, topology) => {
      const id = await savedFor(name).delete(topology);
      onChange();
      return id === null ? null : `${name}/${id}`;
    },
    apis: async (name, laboratory) => {
      // Loaded when it is first asked for, so that the window stands sooner.
      const { describeApis } = await import('../../engine/contracts/index.ts');
      const application = await loadApplication(configuration().applicationsDirectory, name);
      return allPrintable(await describeApis(laboratory, application));
    },
    claims: async (name, runtime, laboratory) => {
      const { judgeStored } = await import('../../engine/claims/index.ts');
      const application = await loadApplication(configuration().applicationsDirectory, name);
      return allPrintable(await judgeStored(laboratory, application, runtime));
    },
  };
}
