import { testSize } from './support/size';

testSize(3);
