import '../frame/frame.ts';
import { createApp } from 'vue';
import TripPlanner from '../trip/TripPlanner.vue';

createApp(TripPlanner).mount('#trip-planner');
