/** The workbench: chains in the browser. Everything it shows comes from the server's interface. */

import { mount } from 'svelte';
import '../../figures/src/colour.css';
import '../../figures/src/ground.css';
import './frame.css';
import { segments } from './address.svelte';
import Frame from './frame.svelte';
import { chainOnce } from './part/chain_once';

// A page about a chain needs it first: asked for while the page's own part is still on its way.
const [first, chain] = segments();
if (first === 'chains' && chain) void chainOnce(chain);

mount(Frame, { target: document.getElementById('app')! });
