// Runs the learner's side in Pyodide: node in_pyodide.mjs PYODIDE PROJECT PACKAGES FILE FUNCTION
// PYODIDE holds pyodide.mjs and its wheels; PACKAGES is a folder of pure packages, which come after Pyodide's own.
import { pathToFileURL } from "node:url";

const [pyodide, project, packages, file, call] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(`${pyodide}/pyodide.mjs`));
const python = await loadPyodide({ indexURL: pyodide });
await python.loadPackage(["numpy", "pandas"], { messageCallback: () => {} });
for (const [root, place] of [[project, "/kit"], [packages, "/site"]]) {
  python.FS.mkdir(place);
  python.FS.mount(python.FS.filesystems.NODEFS, { root }, place);
}
python.runPython("import sys; sys.path[:0] = ['/kit', '/kit/tests/course']; sys.path.append('/site')");
console.log(python.runPython(`import ${file}; ${file}.${call}`));
