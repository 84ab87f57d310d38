import * as module from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** A package that may be imported from the user's folder for the time being. */
export interface BorrowedPackage {
  /** Whether an import failed because it is installed neither beside LangChain nor in the user's folder. */
  readonly missing: boolean;
  /** Ends the borrowing. */
  giveBack(): void;
}

/**
 * Lets imports of one package fall back to the user's folder until it is given back.
 *
 * LangChain imports a provider's package from beside itself, where a global installation of Burnish has none,
 * and it does so not only when a model is made but also when one is first called. Before Node 22.15 there are
 * no such hooks, and the package must be installed beside Burnish.
 */
export function borrowPackage(packageName: string, folder: string): BorrowedPackage {
  // Any file name will do: resolution starts from the folder that would hold it.
  const parentURL = pathToFileURL(join(folder, 'package.json')).href;
  let missing = false;
  const hooks = module.registerHooks?.({
    resolve(specifier, context, nextResolve) {
      if (specifier !== packageName) return nextResolve(specifier, context);
      try {
        return nextResolve(specifier, context);
      } catch {
        // Tried once more from the user's folder; the failure there is the one that counts.
      }
      try {
        return nextResolve(specifier, { ...context, parentURL });
      } catch (error) {
        missing = true;
        throw error;
      }
    },
  });
  return {
    get missing() {
      return missing;
    },
    giveBack: () => hooks?.deregister(),
  };
}
