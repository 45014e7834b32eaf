import { contractOf } from './contract.ts';
import { startProduct } from './product.ts';

contractOf('the contract, as npm start runs it', () => startProduct('main'));
contractOf('the contract, as separate processes', () => startProduct('processes'));
