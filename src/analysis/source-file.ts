import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

/** A parsed file: the one being linted or one that its imports lead to. */
export interface SourceFile {
  /** Absolute path, or the name the linter was given. */
  readonly filename: string;
  readonly sourceCode: Readonly<TSESLint.SourceCode>;
}

/** A node and the file it stands in; every value the analysis finds knows where its text is. */
export interface Located<Node extends TSESTree.Node = TSESTree.Node> {
  readonly node: Node;
  readonly file: SourceFile;
}
