import { testSize } from './support/size';

testSize(400);
