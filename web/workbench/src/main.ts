/** The workbench: chains in the browser. Everything it shows comes from the server's interface. */

import { mount } from 'svelte';
import '../../figures/src/colour.css';
import '../../figures/src/ground.css';
import './frame.css';
import Frame from './frame.svelte';

mount(Frame, { target: document.getElementById('app')! });
