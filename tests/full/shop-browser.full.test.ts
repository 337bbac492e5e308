import { cuts } from '../../sample-apps/shop/testing/index.ts';
import { shopsInCuts } from '../support/shop-in-cuts.ts';

shopsInCuts(Object.keys(cuts));
