import { PostFftError } from './errors.ts';
import { help, readOptions } from './options.ts';
import { postFft } from './post.ts';
import { exitCode, progressOn, reportLines } from './report.ts';

const progress = progressOn(process.stderr);
try {
  const options = readOptions(process.argv.slice(2));
  if (options === null) console.log(help);
  else {
    const report = await postFft(options, { onHappening: progress.show });
    progress.end();
    for (const line of reportLines(report)) console.log(line);
    process.exitCode = exitCode(report);
  }
} catch (error) {
  progress.end();
  // Only our own sentences are printed whole: a stranger's message or stack could hold a piece of the file.
  if (error instanceof PostFftError) console.error(`post-fft: ${error.message}`);
  else
    console.error(
      `post-fft: unexpected ${(error as Error)?.name ?? 'error'} ${(error as NodeJS.ErrnoException)?.code ?? ''}`.trimEnd(),
    );
  process.exitCode = 1;
}
