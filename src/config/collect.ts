import { basename, dirname, extname, join } from 'pathe';
import { otherProperties } from './classify.ts';
import { isCompose, noBrokers, noBrokersNote, readCompose } from './compose.ts';
import { ConfigError, quoted } from './error.ts';
import { type Files, missing } from './files.ts';
import { listedFiles, readHoldfast, type Vocabulary } from './holdfast.ts';
import type { HoldfastFile } from './holdfast-schema.ts';
import { type Intake, newIntake } from './intake.ts';
import { isStrimzi, readStrimzi } from './strimzi.ts';
import { type Hint, takeProperties } from './take-properties.ts';
import { readText } from './text.ts';
import { readYaml } from './yaml.ts';

const READ = '.properties, .yaml, .yml and spark-defaults.conf';
/** Is it Holdfast's own file? */
export const isHoldfast = (file: string): boolean =>
  /^(.*\.)?holdfast\.ya?ml$/.test(basename(file).toLowerCase());

/**
 * Reads files and folders, in the given order, into one intake. A folder with a holdfast.yaml is
 * read as that file says; any other folder is read file by file, without its subfolders: what is
 * plainly something else is skipped with a note. A file named explicitly must be understood.
 */
export function collect(from: Files, paths: readonly string[], vocabulary: Vocabulary): Intake {
  const collector = new Collector(from, vocabulary);
  for (const path of paths) collector.readPath(path);
  return collector.intake;
}

class Collector {
  readonly intake: Intake;
  private readonly vocabulary: Vocabulary;
  private readonly seen = new Set<string>();

  constructor(from: Files, vocabulary: Vocabulary) {
    this.intake = newIntake(from);
    this.vocabulary = vocabulary;
  }

  readPath(path: string, hint: Hint = {}): void {
    if (this.isFolder(path)) this.readFolder(path);
    else this.readFile(path, hint, true);
  }

  private readFolder(folder: string): void {
    const names = this.list(folder);
    const holdfast = names.filter(isHoldfast);
    if (holdfast.length > 1) {
      throw new ConfigError(
        { file: folder },
        `the folder holds ${holdfast.join(' and ')}; give one of them`,
      );
    }
    if (holdfast[0] !== undefined) this.readFile(join(folder, holdfast[0]), {}, true);
    else if (!this.readEach(folder, names)) {
      const inside = names.filter((name) => this.isFolder(join(folder, name)));
      const hint = inside.length > 0 ? `, or name a subfolder (${inside.join(', ')})` : '';
      throw new ConfigError(
        { file: folder },
        `the folder holds no configuration; expected ${READ} files${hint}`,
      );
    }
  }

  /** Reads what a folder holds; false if that is nothing, not even something to skip. */
  private readEach(folder: string, names: readonly string[]): boolean {
    let found = false;
    const folders: string[] = [];
    for (const name of names) {
      const path = join(folder, name);
      if (this.isFolder(path)) folders.push(name);
      else found = this.readFile(path, {}, false) || found;
    }
    if (folders.length > 0) {
      this.intake.notes.push(
        `${folder}: subfolders are not read (${folders.join(', ')}); name them if they belong here`,
      );
    }
    return found;
  }

  /** False for a file of a folder that can be no configuration. */
  private readFile(file: string, hint: Hint, explicit: boolean): boolean {
    const identity = this.intake.from.identity(file);
    if (this.seen.has(identity)) return true;
    const ending = extname(file).toLowerCase();
    const yaml = ending === '.yaml' || ending === '.yml';
    const properties =
      ending === '.properties' || (hint.kind !== undefined && !yaml) || isSparkFile(file);
    if (!yaml && !properties) {
      if (!explicit) return false;
      throw new ConfigError(
        { file },
        `${quoted(ending || basename(file))} is not a kind of file that is read; expected ` +
          `${READ}: rename it, or list it with its kind in holdfast.yaml`,
      );
    }
    this.seen.add(identity);
    if (yaml) this.readYamlFile(file, explicit);
    else this.readPropertiesFile(file, hint, explicit);
    return true;
  }

  private readPropertiesFile(file: string, hint: Hint, explicit: boolean): void {
    const other = hint.kind === undefined ? otherProperties(file) : undefined;
    if (other === undefined) {
      takeProperties(file, readText(this.intake.from, file, true), hint, this.intake);
    } else if (explicit) {
      throw new ConfigError(
        { file },
        `by its name this configures ${other}, which is not checked; give the files of brokers, ` +
          'topics and clients',
      );
    } else this.intake.notes.push(`${file}: configures ${other}; skipped`);
  }

  private readYamlFile(file: string, explicit: boolean): void {
    const documents = readYaml(file, readText(this.intake.from, file));
    if (isHoldfast(file)) {
      const content = readHoldfast(file, documents, this.intake, this.vocabulary);
      this.intake.files.push(file);
      this.readListed(file, content, listedFiles(file, documents));
    } else if (documents.some(isStrimzi)) {
      readStrimzi(file, documents, this.intake);
      this.intake.files.push(file);
    } else if (documents[0] !== undefined && isCompose(documents[0])) {
      if (readCompose(file, documents[0], this.intake) > 0) this.intake.files.push(file);
      else if (explicit) throw noBrokers(file);
      else this.intake.notes.push(noBrokersNote(file));
    } else if (explicit) {
      throw new ConfigError(
        { file },
        'this YAML is neither a Strimzi resource, nor a Compose file, nor named holdfast.yaml; ' +
          'give one of these',
      );
    } else this.intake.notes.push(`${file}: not a Strimzi resource or Compose file; skipped`);
  }

  private readListed(
    file: string,
    content: HoldfastFile,
    places: readonly { readonly line: number }[],
  ): void {
    const folder = dirname(file);
    const others = this.list(folder).filter((name) => !isHoldfast(name));
    if (content.files === undefined) {
      // A holdfast.yaml may describe everything itself; then the folder may hold nothing else.
      this.readEach(folder, others);
      return;
    }
    for (const [index, entry] of content.files.entries()) {
      const { path, kind, topic } = typeof entry === 'string' ? { path: entry } : entry;
      const line = places[index]?.line;
      try {
        this.readPath(join(folder, path), { kind, topic });
      } catch (error) {
        // A missing file is a mistake in the list: the place to mend it is there.
        const missing = error instanceof ConfigError && error.file === join(folder, path);
        if (!missing || error.line !== undefined || line === undefined) throw error;
        throw new ConfigError({ file, line }, `in the files listed here: ${error.message}`);
      }
    }
    const unread = others.filter(
      (name) =>
        isConfiguration(name) && !this.seen.has(this.intake.from.identity(join(folder, name))),
    );
    if (unread.length > 0) {
      this.intake.notes.push(`${file}: not listed, so not read: ${unread.join(', ')}`);
    }
  }

  private isFolder(path: string): boolean {
    const kind = this.intake.from.kind(path);
    if (kind === 'missing') throw missing(path);
    return kind === 'folder';
  }

  /** The visible entries of a folder in a fixed order. */
  private list(folder: string): string[] {
    const names = this.intake.from.list(folder);
    return names.filter((name) => !name.startsWith('.')).sort();
  }
}

const isConfiguration = (name: string): boolean =>
  /\.(properties|ya?ml)$/i.test(name) || isSparkFile(name);

function isSparkFile(file: string): boolean {
  return extname(file).toLowerCase() === '.conf' && /spark/i.test(basename(file));
}
