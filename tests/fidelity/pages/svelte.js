import { mount } from 'svelte';
import Basket from './Basket.svelte';

mount(Basket, { target: document.querySelector('#root') });
