import { testSize } from './support/size';

testSize(1_000);
