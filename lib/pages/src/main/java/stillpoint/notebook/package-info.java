/// Notebooks as data, and the Jupyter client that runs them on the real kernel.
///
/// Takes `.ipynb` files and a kernelspec; gives the same notebooks with the outputs of a fresh run,
/// and the differences to what was committed.
///
/// ```java
/// Notebook committed = NotebookFile.read(path);                       // throws NotebookException: not JSON, nbformat 3 ...
/// var runner = new Runner(KernelSpec.find("stillpoint"), RunOptions.usual());
/// RunResult result = runner.run(path, committed, progress);          // a fresh kernel; never throws for a failing cell
/// if (result.ok()) for (Difference each : Comparison.of(committed, result.notebook())) print(each.message(path));
/// else print(result.message());                                      // result.notebook() is the partial result, for its page
/// NotebookFile.write(path, committed.withOutputs(result));           // for --update
/// ```
///
/// Read first: [Notebook], [Runner], [Comparison].
@NullMarked
package stillpoint.notebook;

import org.jspecify.annotations.NullMarked;
