import { createApolloExecutor } from '../../src/graphql/apollo.ts';
import { describeExecutor } from '../contracts/executor.ts';

describeExecutor('createApolloExecutor', createApolloExecutor);
