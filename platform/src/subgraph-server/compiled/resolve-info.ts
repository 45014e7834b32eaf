import type {
  FieldNode,
  FragmentDefinitionNode,
  GraphQLObjectType,
  GraphQLOutputType,
  GraphQLResolveInfo,
  GraphQLSchema,
  OperationDefinitionNode,
} from 'graphql';
import type { Field } from './fields.ts';
import type { Frame } from './frames.ts';
import type { Run } from './run.ts';

type Path = GraphQLResolveInfo['path'];

function pathOf(frame: Frame, key: string | number, typename: string | undefined): Path {
  const prev = frame.parent ? pathOf(frame.parent, frame.key, undefined) : undefined;
  return { prev, key, typename };
}

/** What a resolver may ask about the execution. Few do, so nothing of it is made beforehand. */
export class ResolveInfo implements GraphQLResolveInfo {
  readonly #run: Run;
  readonly #field: Field;
  readonly #frame: Frame;

  constructor(run: Run, field: Field, frame: Frame) {
    this.#run = run;
    this.#field = field;
    this.#frame = frame;
  }
  get fieldName(): string {
    return this.#field.definition.name;
  }
  get fieldNodes(): readonly FieldNode[] {
    return this.#field.nodes;
  }
  get returnType(): GraphQLOutputType {
    return this.#field.definition.type;
  }
  get parentType(): GraphQLObjectType {
    return this.#field.parentType;
  }
  /** Without the names of types: who needs those has `parentType`. */
  get path(): Path {
    return pathOf(this.#frame, this.#field.key, this.#field.parentType.name);
  }
  get schema(): GraphQLSchema {
    return this.#run.operation.schema;
  }
  get fragments(): Record<string, FragmentDefinitionNode> {
    return this.#run.operation.fragments;
  }
  get rootValue(): unknown {
    return this.#run.rootValue;
  }
  get operation(): OperationDefinitionNode {
    return this.#run.operation.node;
  }
  get variableValues(): Record<string, unknown> {
    return this.#run.variables;
  }
}
